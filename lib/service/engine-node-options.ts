/**
 * For Node in an engine worker. What a session leaves behind is garbage a moment later; in twice the default room most of
 * it is dead before V8 looks for it. Saves 8 % of the processor time of a session or message (bench/README.md), for up
 * to 48 MiB of memory a worker.
 */
export const engineNodeOptions: readonly string[] = ['--max-semi-space-size=32']
