import { type Dialog, fill, noLabels, open, say, turnOn } from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

const passwordAskedLater = say(
  'パスワードは、送信するときに画面で聞かれます。',
  'The password is asked for when you send.',
)

export const netscape4: Dialog = {
  incoming: {
    ja: unknown,
    en: sourced(
      [open('Edit', 'Preferences', 'Mail & Newsgroups', 'Mail Servers'), fill('Incoming mail servers', 'incomingHost')],
      'citizens',
    ),
  },
  outgoing: {
    ja: unknown,
    en: sourced([open('Mail Servers'), fill('Outgoing mail (SMTP) server', 'outgoingHost')], 'citizens'),
  },
  authentication: {
    ja: unknown,
    en: sourced(
      [
        open('Mail Servers'),
        say(
          'チェック欄はありません。次の欄に名前を入れると、SMTP AUTH が有効になります。',
          'There is no check box: a name in the next field turns SMTP AUTH on.',
        ),
        fill('Outgoing mail server user name', 'userName'),
      ],
      'citizens',
    ),
  },
  credentials: {
    ja: unknown,
    en: sourced([fill('Outgoing mail server user name', 'userName'), passwordAskedLater], 'softhome'),
  },
  ports: noLabels,
}

function netscapeWithAccounts(accountSettings: string): Dialog {
  return {
    incoming: {
      ja: unknown,
      en: sourced([open('Edit', accountSettings, 'Server Settings'), fill(null, 'incomingHost')], 'citizens'),
    },
    outgoing: {
      ja: unknown,
      en: sourced([open('Outgoing Server (SMTP)'), fill('Server Name', 'outgoingHost')], 'citizens'),
    },
    authentication: {
      ja: unknown,
      en: sourced([open('Outgoing Server (SMTP)'), turnOn('User name and password')], 'citizens'),
    },
    credentials: {
      ja: unknown,
      en: sourced([open('Outgoing Server (SMTP)'), fill('User Name', 'userName'), passwordAskedLater], 'citizens'),
    },
    ports: noLabels,
  }
}

export const netscape6 = netscapeWithAccounts('Mail/News Account Settings...')
export const netscape7 = netscapeWithAccounts('Mail & Newsgroups Account Settings...')
