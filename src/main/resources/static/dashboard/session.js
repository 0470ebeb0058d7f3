/** Who is logged in, and what that one may do: what may not be done is not offered, and the service refuses it anyway. */
import {createContext, useContext} from "htm/preact/standalone.module.js";

export const SessionContext = createContext(null);

export function useSession() {
    const session = useContext(SessionContext);
    return {
        ...session,
        mayRead: session.roles.includes("reader"),
        mayOperate: session.roles.includes("operator"),
        mayAdminister: session.roles.includes("admin"),
    };
}
