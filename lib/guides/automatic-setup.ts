/** How a client can find its settings by itself, and the words for it. */
import type { Bilingual } from './bilingual.ts'
import type { Client } from './client.ts'
import type { SendingMethod } from './warnings.ts'

/** `profile`: a file that the device opens. `address`: the mail address is enough. */
export type AutomaticWay = 'profile' | 'address'

/** What is found automatically is SMTP AUTH; POP before SMTP is always set by hand. */
export function automaticWayOf({ discovery }: Client, method: SendingMethod): AutomaticWay | null {
  if (method !== 'smtp-auth' || discovery.value === null || discovery.value.length === 0) return null
  return discovery.value.includes('apple-mobileconfig') ? 'profile' : 'address'
}

export const automaticTitle: Bilingual = { ja: '自動で設定する', en: 'Let it set itself up' }

export const automaticBodies: Readonly<Record<AutomaticWay, Bilingual>> = {
  profile: {
    ja: '次のファイルをこの機器で開くと、サーバーの名前とポート番号がまとめて入ります。途中で、ユーザー名とパスワードを尋ねられます。手で設定するときは、このまま下へお進みください。',
    en: 'Open this file on the device, and it enters all server names and ports. It will ask for your user name and password. To set things by hand, read on.',
  },
  address: {
    ja: 'アカウントを新しく追加するときは、メールアドレスを入れるだけで、ソフトがサーバーの設定を見つけます。いまのアカウントを直すときと、見つからないときは、下の値を手で入れてください。',
    en: 'When you add a new account, your mail address is enough: the program finds the servers by itself. To change the account that you have, or if nothing is found, enter the values below.',
  },
}

export const profileDownload: Bilingual = { ja: '設定ファイルを受け取る', en: 'Get the settings file' }
