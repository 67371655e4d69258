/** Listeners that are closed for maintenance at this moment, and for how many more seconds: a fact that `decide` is given. */
import type { ListenerName } from './schema.ts'

export type Closures = Partial<Readonly<Record<ListenerName, number>>>
