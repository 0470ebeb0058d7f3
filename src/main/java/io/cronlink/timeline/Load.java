package io.cronlink.timeline;

import java.util.Arrays;
import java.util.List;

/** How many runs of some jobs are under way in each second of a window, were they not kept waiting. */
final class Load {

    private final double now;
    private final int length;
    private final int[] changes;
    private int highest;
    private int highestAt;
    private int over;

    /** @param length of the window, in seconds */
    Load(double now, int length) {
        this.now = now;
        this.length = length;
        this.changes = new int[length + 1];
    }

    /** Counts anew, with these jobs. */
    void count(List<Firing> firings, int most) {
        Arrays.fill(changes, 0);
        double share = 0;
        for (Firing firing : firings) {
            if (firing.isSteady()) {
                share += firing.fires(0, length) > 0 ? firing.share() : 0;
            } else {
                add(firing);
            }
        }
        int steady = (int) Math.ceil(share);
        highest = steady;
        highestAt = -1;
        over = 0;
        int running = steady;
        for (int second = 0; second < length; second++) {
            running += changes[second];
            changes[second] = running;
            if (running > highest || highestAt < 0 && running > 0) {
                highest = running;
                highestAt = second;
            }
            over += running > most ? 1 : 0;
        }
    }

    /** A run counts for each second that it touches, and ends where the next of its job begins, unless they may overlap. */
    private void add(Firing firing) {
        int lasting = (int) Math.min(length, Math.max(1, Math.ceil(firing.duration())));
        int[] free = {0};
        firing.starts(now, length).forEach(second -> {
            int end = Math.min(length, second + lasting);
            int start = firing.mayOverlap() ? second : Math.max(second, free[0]);
            if (start < end) {
                changes[start]++;
                changes[end]--;
                free[0] = end;
            }
        });
    }

    int highest() {
        return highest;
    }

    /** The second in which that is first so; less than 0: nothing ever runs. */
    int highestAt() {
        return highestAt;
    }

    /** In how many seconds more would run than may. */
    int over() {
        return over;
    }

    /** The most in a part of the window. */
    int highest(int from, int until) {
        int most = 0;
        for (int second = from; second < Math.min(until, length); second++) {
            most = Math.max(most, changes[second]);
        }
        return most;
    }
}
