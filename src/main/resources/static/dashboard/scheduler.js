/** How the scheduler is: GET /api/v1/scheduler, read by the frame for all screens. */
import {createContext, useContext} from "htm/preact/standalone.module.js";

export const SchedulerContext = createContext({value: undefined});

/** @return {{value: object|undefined, failure: Error|undefined, reload: () => void}} */
export const useScheduler = () => useContext(SchedulerContext);
