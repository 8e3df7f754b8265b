/** A port on this machine that nobody listens on and that the system lends to nobody. */
export function freePort(): Promise<number>;
/** A port of which all neighbours at these distances are free as well. */
export function freeRow(distances: readonly number[]): Promise<number>;
