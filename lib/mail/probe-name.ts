/** What our own probes say in EHLO. Whoever else says it only hides an attempt of their own from the doctor. */
export const PROBE_NAME = 'probe.invalid'
