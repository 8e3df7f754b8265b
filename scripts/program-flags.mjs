/**
 * How Node runs the product's programs. Most of what a request or an event makes is forgotten at once; with room for more of
 * it, the collector comes less often and finds less to keep (measured: a tenth less processor time for a journey).
 */
export const PROGRAM_FLAGS = ['--max-semi-space-size=64', '--enable-source-maps'];
