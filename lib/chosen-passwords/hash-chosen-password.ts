/** The one way from a password that a person chose to what is kept of it: it has to be hard enough to guess. */
import { hashPassword } from '#lib/accounts/portal-password.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError, type UserMessage } from '#lib/errors/app-error.ts'
import { ownWords, type PasswordOwner, siteWords } from './context-words.ts'
import { type PasswordWeakness, passwordWeakness } from './password-weakness.ts'

/** @returns its Argon2id hash @throws AppError invalid_input (too easy to guess) */
export async function hashChosenPassword(
  database: Prisma.TransactionClient,
  accountId: string,
  password: string,
): Promise<string> {
  return hashNewPassword(password, await ownerOf(database, accountId))
}

/** The same for who has no account yet. */
export async function hashNewPassword(password: string, owner: PasswordOwner): Promise<string> {
  const words = { own: ownWords(owner), site: siteWords(siteEnv()) }
  const weakness = await passwordWeakness(password, words)
  if (weakness !== null) throw tooEasy(weakness)
  return hashPassword(password)
}

async function ownerOf(database: Prisma.TransactionClient, accountId: string): Promise<PasswordOwner> {
  const { login, displayName, mailAddress, customer } = await database.portalAccount.findUniqueOrThrow({
    where: { id: accountId },
    include: { customer: { include: { contact: true, mailboxes: { include: { aliases: true } } } } },
  })
  const addresses = customer?.mailboxes.flatMap(({ address, aliases }) => [
    address,
    ...aliases.map((each) => each.address),
  ])
  const { contractNumber, name, nameKana, contact } = customer ?? {}
  return {
    login,
    displayName,
    addresses: [...(addresses ?? []), mailAddress ?? ''],
    ...{ contractNumber, name, nameKana, phone: contact?.phone },
  }
}

const causes: Record<PasswordWeakness, UserMessage> = {
  common: { ja: 'よく使われるパスワードが入っていて', en: 'it is made of a password that many people use' },
  own: {
    ja: 'ご自身のお名前・メールアドレス・電話番号・契約番号が入っていて',
    en: 'it is made of your own name, address, telephone or contract number',
  },
  site: { ja: 'このサービスの名前や言葉が入っていて', en: 'it is made of the name or the words of this service' },
  pattern: {
    ja: '同じ文字のくり返しや、キーボードの並び、順番どおりの文字が多く',
    en: 'it repeats itself, or follows the keyboard or the alphabet',
  },
  date: { ja: '日付や年が入っていて', en: 'it is made of a date or a year' },
  word: { ja: 'ひとつの単語や人の名前だけでできていて', en: 'it is made of one word or a name' },
}

function tooEasy(weakness: PasswordWeakness): AppError {
  const { ja, en } = causes[weakness]
  return new AppError('invalid_input', `a chosen password is too easy to guess: ${weakness}`, {
    ja: `このパスワードは、${ja}、ほかの人に見破られやすいため使えません。関係のない言葉を3つ以上つなげるなど、別のパスワードを入力してください。まだ何も変更されていません。`,
    en: `This password would be guessed too easily: ${en}. Choose another one, for example three or more words that have nothing to do with each other. Nothing was changed.`,
  })
}
