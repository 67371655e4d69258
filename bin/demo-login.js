/** `node bin/demo-login.js taro`: prints "address:password" of a demo subscriber, the form that curl's --user takes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [login = ''] = process.argv.slice(2)
const file = join(process.env.DATA_DIR || 'data', 'demo-accounts.json')
const subscribers = JSON.parse(readFileSync(file, 'utf8')).filter(({ mailbox }) => mailbox !== null)
const account = subscribers.find(({ mailbox }) => mailbox.split('@')[0] === login)
if (account === undefined) {
  console.error(`Name one of: ${subscribers.map(({ mailbox }) => mailbox.split('@')[0]).join(', ')}`)
  process.exit(1)
}
console.log(`${account.mailbox}:${account.credentials[0].password}`)
