/** Receiving mail as a client does that only looks: what opens a RelayWindow. */
import type { TestEngine } from './engine.ts'
import type { TestCredential } from './mailbox.ts'
import { Pop3Client } from './pop3-talk.ts'

/** @returns the answer to PASS */
export async function receiveMail(engine: TestEngine, { username, password }: TestCredential): Promise<string> {
  const client = await Pop3Client.connect(engine)
  await client.ask(`USER ${username}`)
  const answer = await client.ask(`PASS ${password}`)
  await client.quit()
  return answer
}
