/**
 * One execution of a prepared statement, as a query object of the `pg` driver: of its own class, because in pipeline
 * mode it takes no other.
 *
 * The driver's own query asks the server to describe the result at every execution and builds its reading of it anew
 * each time. Here both are done once per connection and statement; for the engine's many small statements that is a
 * good part of their whole cost, on both sides.
 */
import pg from 'pg'
import { encodeParameter } from './encode-parameter.ts'

type Parser = (text: string) => unknown
type Column = { readonly name: string; readonly parse: Parser }

/** What the driver keeps at a connection, and the messages that it hands to a query. */
type DriverConnection = pg.Connection & {
  readonly parsedStatements: Record<string, string | undefined>
  readonly submittedNamedStatements: Record<string, string | undefined>
}
type RowDescription = { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }
type DataRow = { readonly fields: readonly (string | null)[] }

const columnsByConnection = new WeakMap<pg.Connection, Map<string, readonly Column[]>>()

export class PreparedQuery<Row> extends pg.Query {
  /** the driver reads both when the server has parsed the statement */
  readonly name: string
  readonly text: string
  readonly result: Promise<Row[]>
  readonly #values: readonly unknown[]
  readonly #parserOf: (dataTypeId: number) => Parser
  readonly #collected: Row[] = []
  #connection: pg.Connection | undefined
  #columns: readonly Column[] | undefined
  #fault: unknown
  #resolve: (rows: Row[]) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
    parserOf: (dataTypeId: number) => Parser,
  ) {
    super(statement.text)
    this.name = statement.name
    this.text = statement.text
    this.#values = values
    this.#parserOf = parserOf
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** @returns what the driver passes to handleError; nothing has then been sent */
  override readonly submit = (connection: pg.Connection): Error | null => {
    const { parsedStatements, submittedNamedStatements } = connection as DriverConnection
    const known = parsedStatements[this.name] ?? submittedNamedStatements[this.name]
    if (known !== undefined && known !== this.text) return new Error(`two statements have the name ${this.name}`)
    let values: (string | Buffer | null)[]
    try {
      values = this.#values.map(encodeParameter)
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
    this.#connection = connection
    connection.stream.cork()
    if (known === undefined) {
      connection.parse({ name: this.name, text: this.text, types: [] }, true)
      connection.describe({ type: 'S', name: this.name }, true)
      submittedNamedStatements[this.name] = this.text
    }
    connection.bind({ statement: this.name, values }, true)
    connection.execute(null, true)
    connection.sync()
    connection.stream.uncork()
    return null
  }

  handleRowDescription({ fields }: RowDescription): void {
    if (this.#connection === undefined) return
    const known = columnsByConnection.get(this.#connection) ?? new Map<string, readonly Column[]>()
    columnsByConnection.set(this.#connection, known)
    known.set(
      this.name,
      fields.map(({ name, dataTypeID }) => ({ name, parse: this.#parserOf(dataTypeID) })),
    )
  }

  handleDataRow({ fields }: DataRow): void {
    if (this.#fault !== undefined) return
    try {
      this.#columns ??= this.#connection && columnsByConnection.get(this.#connection)?.get(this.name)
      const columns = this.#columns ?? []
      const row: Record<string, unknown> = {}
      for (let index = 0; index < columns.length; index += 1) {
        const column = columns[index]
        const field = fields[index]
        if (column) row[column.name] = typeof field === 'string' ? column.parse(field) : null
      }
      this.#collected.push(row as Row)
    } catch (error) {
      this.#fault = error
    }
  }

  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  handleError(error: unknown): void {
    this.#reject(this.#fault ?? error)
  }

  handleReadyForQuery(): void {
    if (this.#fault === undefined) this.#resolve(this.#collected)
    else this.#reject(this.#fault)
  }
}
