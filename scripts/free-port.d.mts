/** A port on this machine that nobody listens on and that the system lends to nobody. */
export function freePort(): Promise<number>;
