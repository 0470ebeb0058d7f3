package io.cronlink.startup;

/** The service was told to stop before it had started: no fault of anybody's. {@link StopWhileWaiting} has said so. */
public class StoppedAtStart extends CannotStart {

    public StoppedAtStart(String waitingFor) {
        super("stopped while waiting for " + waitingFor, "", null);
    }
}
