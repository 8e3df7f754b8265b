/** The one place where the console asks what time it is; tests replace it. */
export const clock = { now: (): number => Date.now() };
