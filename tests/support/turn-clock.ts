/** Turns the clock of turned-clock.ts, here, in child processes and in databases. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, openDatabase } from '#lib/db/database.ts'
import { realNow } from './turned-clock.ts'

export type TurnedClock = {
  /** of child processes */
  readonly environment: Readonly<Record<string, string>>
  /** Gives a database the clock: for connections that are opened from now on. */
  share(url: string): Promise<void>
  turnTo(moment: Date): Promise<void>
  close(): Promise<void>
}

const INSTALL = `
CREATE SCHEMA clock;
CREATE TABLE clock.shift (milliseconds float8 NOT NULL);
INSERT INTO clock.shift VALUES (0);
CREATE FUNCTION clock.now() RETURNS timestamptz STABLE LANGUAGE sql
  AS 'SELECT pg_catalog.now() + (SELECT milliseconds FROM clock.shift) * interval ''1 millisecond''';
DO $$
DECLARE a record;
BEGIN
  FOR a IN SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_default = 'CURRENT_TIMESTAMP'
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I SET DEFAULT clock.now()', a.table_name, a.column_name);
  END LOOP;
  EXECUTE format('ALTER DATABASE %I SET search_path = clock, public, pg_catalog', current_database());
END $$`

/** @param file TURNED_CLOCK_FILE of this process */
export async function openTurnedClock(file: string): Promise<TurnedClock> {
  const databases: Database[] = []
  let shiftMs = 0
  const tell = (database: Database) =>
    database.query({ name: 'turn-clock', text: 'UPDATE clock.shift SET milliseconds = $1' }, [shiftMs])
  writeFileSync(file, '0')
  return {
    environment: {
      TURNED_CLOCK_FILE: file,
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'turned-clock.ts')} --disable-warning=ExperimentalWarning`,
    },
    async share(url) {
      const database = openDatabase(url, 1)
      for (const [index, text] of INSTALL.split(/;\n(?=CREATE|INSERT|DO)/).entries()) {
        await database.query({ name: `install-clock-${index}`, text }, [])
      }
      databases.push(database)
      await tell(database)
    },
    async turnTo(moment) {
      shiftMs = moment.getTime() - realNow()
      writeFileSync(file, String(shiftMs))
      await Promise.all(databases.map(tell))
      // A reader may have looked at the file a moment ago.
      await new Promise((resolve) => setTimeout(resolve, 20))
    },
    async close() {
      await Promise.all(databases.map((database) => database.close()))
    },
  }
}
