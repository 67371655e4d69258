/**
 * Pages one after the other, the next one under way while this one is worked on: the database and the worker are busy
 * at the same time. At most two pages are in memory.
 */
export async function* readAhead<Page, Rows>(
  pages: Iterable<Page>,
  read: (page: Page) => Promise<Rows>,
): AsyncGenerator<Rows> {
  let coming: Promise<Rows> | null = null
  for (const page of pages) {
    const rows: Rows | null = coming === null ? null : await coming
    coming = read(page)
    coming.catch(() => {}) // told when its turn comes
    if (rows !== null) yield rows
  }
  if (coming !== null) yield await coming
}
