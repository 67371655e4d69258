/** One engine, a portal beside it, one browser; and for each look people of its own, so that no walk meets another's. */
import type { Browser, BrowserContext } from 'playwright-core'
import { openBrowser } from '#tests/support/browser.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import type { Subscriber, TestMailbox } from '#tests/support/mailbox.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'
import type { Look } from './look.ts'
import { MailProgram } from './mail-program.ts'
import { Person } from './person.ts'

export type Cast = {
  readonly visitor: Person
  /** has a browser that runs no scripts */
  readonly unscripted: Person
  /** new: has issued no password yet */
  readonly subscriber: Person
  readonly mailbox: Mailbox
  /** sends by POP before SMTP */
  readonly oldTimer: Person
  readonly oldMailbox: Mailbox
  readonly agent: Person
  readonly operator: Person
  readonly mailProgram: MailProgram
  readonly engine: TestEngine
  readonly noticeId: string
  leave(): Promise<void>
}

type Mailbox = TestMailbox & { readonly actor: Subscriber }

export type World = {
  bringIn(look: Look): Promise<Cast>
  close(): Promise<void>
}

type Name = readonly [login: string, name: string]
type Family = { readonly newcomer: Name; readonly oldTimer: Name; readonly address: string }

const families: Readonly<Record<`${Look['device']} ${Look['language']}`, Family>> = {
  'desk ja': { newcomer: ['taro', '田中 太郎'], oldTimer: ['hanako', '佐藤 花子'], address: '127.0.0.11' },
  'desk en': { newcomer: ['kenji', 'Kenji Watanabe'], oldTimer: ['michiko', 'Michiko Ito'], address: '127.0.0.12' },
  'phone ja': { newcomer: ['ichiro', '鈴木 一郎'], oldTimer: ['kazue', '高橋 和枝'], address: '127.0.0.13' },
  'phone en': { newcomer: ['makoto', 'Makoto Nakamura'], oldTimer: ['yoko', 'Yoko Kobayashi'], address: '127.0.0.14' },
}

export async function openWorld(): Promise<World> {
  const engine = await startEngine()
  const { DATABASE_URL = '', DATA_DIR = '', MASTER_KEY = '' } = process.env
  const portal = await startPortal({ DATABASE_URL, DATA_DIR, MASTER_KEY })
  const noticeId = await furnish()
  const browser = await openBrowser()
  return {
    bringIn: (look) => bringIn({ engine, portal, browser, noticeId }, look),
    async close() {
      await browser.close()
      await portal.stop()
      await engine.stop()
    },
  }
}

/** What was there before anybody came: an agent, and the notice of 2002. @returns the notice's id */
async function furnish(): Promise<string> {
  const [{ prisma }, { createPortalAccount }, { addPublicAnnouncement }, { portalPassword }] = await Promise.all([
    import('#lib/db/prisma.ts'),
    import('#lib/accounts/index.ts'),
    import('#tests/support/announcement.ts'),
    import('#tests/support/password.ts'),
  ])
  const agent = { login: 'agent', role: 'SUPPORT_AGENT', displayName: '山本 恵子', customerId: null } as const
  await prisma().$transaction((transaction) => createPortalAccount(transaction, { ...agent, password: portalPassword }))
  return addPublicAnnouncement({ doneWhen: 'never' }) // else it leaves the home page of whoever has received
}

type House = {
  readonly engine: TestEngine
  readonly portal: TestPortal
  readonly browser: Browser
  readonly noticeId: string
}

async function bringIn({ engine, portal, browser, noticeId }: House, look: Look): Promise<Cast> {
  const { newcomer, oldTimer, address } = families[`${look.device} ${look.language}`]
  const mailbox = await addNewcomer(...newcomer)
  const oldMailbox = await addSubscriberCalled(...oldTimer, true)
  const contexts: BrowserContext[] = []

  async function person(signedInAs: string | null, javaScriptEnabled = true): Promise<Person> {
    const { viewport, colorScheme } = look
    const fixed = { locale: 'ja-JP', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce' } as const
    const context = await browser.newContext({ ...fixed, viewport, colorScheme, javaScriptEnabled })
    contexts.push(context)
    const page = await context.newPage()
    if (signedInAs !== null) await signIn(page, portal.url, signedInAs)
    return new Person(page, look, portal.url)
  }

  return {
    visitor: await person(null),
    unscripted: await person(null, false),
    subscriber: await person(mailbox.address),
    mailbox,
    oldTimer: await person(oldMailbox.address),
    oldMailbox,
    agent: await person('agent'),
    operator: await person('operator'),
    mailProgram: await MailProgram.trusting(engine, `${portal.url}/ca.crt`, address),
    engine,
    noticeId,
    async leave() {
      for (const context of contexts) await context.close()
    },
  }
}

async function addSubscriberCalled(login: string, name: string, popBeforeSmtp: boolean): Promise<Mailbox> {
  const { addSubscriber } = await import('#tests/support/people.ts')
  return addSubscriber(login, popBeforeSmtp, name)
}

async function addNewcomer(login: string, name: string): Promise<Mailbox> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const mailbox = await addSubscriberCalled(login, name, false)
  const { customerId } = mailbox.actor
  await prisma().credential.deleteMany({ where: { mailboxId: mailbox.id } })
  await prisma().contact.create({ data: { customerId, phone: '+81312345678' } })
  return mailbox
}
