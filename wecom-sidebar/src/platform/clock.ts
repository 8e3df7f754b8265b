/** The only place that reads the wall clock, so that tests can set it. */
export const clock = { now: (): number => Date.now() };
