/** Clients that are set up by variables in a file; the labels are the variables' names, in every language. */
import { choose, type Dialog, fill, type Labels, only, type Step, say, turnOn, write } from '../dialog.ts'
import { sourced } from '../fact.ts'
import type { SourceId } from '../sources.ts'

function inBoth(source: SourceId, ...steps: Step[]): Labels {
  return { ja: sourced(steps, source), en: sourced(steps, source) }
}

export const mutt: Dialog = {
  incoming: inBoth(
    'neomuttConfig',
    only('receiving', 'imap', write('set folder="imaps://{incomingHost}/"')),
    only('receiving', 'imap', fill('imap_user', 'userName')),
    only('receiving', 'pop', fill('pop_host', 'incomingHost')),
  ),
  outgoing: inBoth('neomuttConfig', write('set smtp_url="smtps://{userName}@{outgoingHost}:{outgoingPort}/"')),
  authentication: inBoth(
    'neomuttConfig',
    say(
      'smtp_url にユーザー名が入っていれば認証します。smtp_authenticators は空のままで構いません。',
      'A user name inside smtp_url turns authentication on; smtp_authenticators may stay empty.',
    ),
  ),
  credentials: inBoth(
    'neomuttConfig',
    fill('smtp_pass', 'password'),
    only('receiving', 'imap', fill('imap_pass', 'password')),
  ),
  ports: inBoth('neomuttConfig', turnOn('ssl_force_tls')),
}

export const mew: Dialog = {
  incoming: inBoth(
    'mewVars',
    only('receiving', 'pop', fill('mew-pop-server', 'incomingHost')),
    only('receiving', 'pop', choose('mew-pop-auth', 'pass')),
    only('receiving', 'imap', fill('mew-imap-server', 'incomingHost')),
  ),
  outgoing: inBoth('mewVars', fill('mew-smtp-server', 'outgoingHost')),
  authentication: inBoth('mewVars', fill('mew-smtp-user', 'userName')),
  credentials: inBoth(
    'mewVars',
    only('receiving', 'pop', fill('mew-pop-user', 'userName')),
    only('receiving', 'imap', fill('mew-imap-user', 'userName')),
  ),
  ports: inBoth(
    'mewVars',
    turnOn('mew-smtp-ssl'),
    fill('mew-smtp-ssl-port', 'outgoingPort'),
    only('receiving', 'pop', turnOn('mew-pop-ssl')),
    only('receiving', 'imap', turnOn('mew-imap-ssl')),
  ),
}

export const wanderlust: Dialog = {
  incoming: inBoth(
    'wanderlustVars',
    only('receiving', 'imap', fill('elmo-imap4-default-server', 'incomingHost')),
    only('receiving', 'pop', fill('elmo-pop3-default-server', 'incomingHost')),
  ),
  outgoing: inBoth('wanderlustVars', fill('wl-smtp-posting-server', 'outgoingHost')),
  authentication: inBoth(
    'wanderlustVars',
    say(
      'wl-smtp-authenticate-type に、認証の方式（PLAIN または LOGIN）を指定します。',
      'Set wl-smtp-authenticate-type to the mechanism (PLAIN or LOGIN).',
    ),
  ),
  credentials: inBoth('wanderlustVars', fill('wl-smtp-posting-user', 'userName')),
  ports: inBoth(
    'wanderlustVars',
    fill('wl-smtp-posting-port', 'outgoingPort'),
    say(
      'wl-smtp-connection-type に、暗号化の種類（SSL/TLS または STARTTLS）を指定します。',
      'Set wl-smtp-connection-type to the kind of encryption (SSL/TLS or STARTTLS).',
    ),
  ),
  popBeforeSmtp: inBoth(
    'wanderlustVars',
    say(
      '送信に wl-draft-send-mail-with-pop-before-smtp を使うと、送る前に自動で受信サーバーにログインします。',
      'Send with wl-draft-send-mail-with-pop-before-smtp: it logs in to the incoming server first.',
    ),
  ),
}

/** Set up once by whoever runs the web server; its readers only sign in. */
export const roundcube: Dialog = {
  incoming: inBoth(
    'roundcubeDefaults',
    say(
      '利用する人の設定は要りません。ウェブメールを運営する人が設定します。',
      'Readers set nothing up; whoever runs the webmail does.',
    ),
    fill('imap_host', 'incomingHost'),
  ),
  outgoing: inBoth('roundcubeDefaults', fill('smtp_host', 'outgoingHost')),
  authentication: inBoth('roundcubeDefaults', choose('smtp_user', '%u')),
  credentials: inBoth(
    'roundcubeDefaults',
    say(
      'ログイン画面で入れたユーザー名とパスワードが、送信にも使われます。',
      'The name and password of the sign-in page are used for sending too.',
    ),
  ),
  ports: inBoth(
    'roundcubeDefaults',
    say(
      'imap_host と smtp_host の前に、SSL/TLS なら ssl://、STARTTLS なら tls:// を付けます。',
      'Put ssl:// (SSL/TLS) or tls:// (STARTTLS) in front of imap_host and smtp_host.',
    ),
  ),
}
