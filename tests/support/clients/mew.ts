/** Mew in an Emacs without a terminal. It speaks TLS through stunnel, which looks at the server's certificate. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientRun, runClient } from './run-client.ts'

export type MewAccount = {
  readonly username: string
  readonly password: string
  readonly authorityFile: string
  readonly port: number
}

/** POP3 with TLS from the start. @returns what lies in its inbox afterwards */
export async function receiveWithMew(home: string, account: MewAccount): Promise<ClientRun & { readonly got: string }> {
  const inbox = join(home, 'Mail', 'inbox')
  mkdirSync(inbox, { recursive: true })
  writeFileSync(join(home, '.mew.el'), settings(account))
  writeFileSync(join(home, 'run.el'), receive(account.password))
  const run = await runClient('emacs', ['--batch', '-l', join(home, 'run.el')], {
    home,
    environment: { PATH: `${process.env.PATH}:/usr/sbin`, TMPDIR: home },
  })
  const messages = existsSync(inbox) ? readdirSync(inbox).filter((name) => /^\d+(\.mew)?$/.test(name)) : []
  const got = messages.map((name) => readFileSync(join(inbox, name), 'latin1').replaceAll('\r\n', '\n')).join('')
  return { ...run, got }
}

function settings({ username, port, authorityFile }: MewAccount): string {
  return `(setq mew-name "Mew" mew-user "mew" mew-mail-domain "client.example"
      mew-proto "+" mew-pop-server "localhost" mew-pop-user "${username}" mew-pop-auth 'pass
      mew-pop-delete nil mew-pop-size 0 mew-prog-ssl "stunnel4" mew-ssl-verify-level 2
      mew-prog-ssl-arg "CAfile=${authorityFile}\\n"
      mew-pop-ssl t mew-pop-ssl-port "${port}" mew-use-cached-passwd nil mew-use-master-passwd nil)
`
}

function receive(password: string): string {
  return `(add-to-list 'load-path "/usr/share/emacs/site-lisp/mew")
(setq mew-init-file "~/.mew.el")
(require 'mew)
(defun mew-read-passwd (&rest _) (copy-sequence "${password}"))
(defun mew-input-passwd (&rest _) (copy-sequence "${password}"))
(mew 'no-check)
(setq mew-ssl-checkhost nil) ; it makes an address of "localhost", and certificates name hosts
(call-interactively 'mew-summary-retrieve)
(defun is-receiving ()
  (delq nil (mapcar (lambda (one) (string-match "^mew-pop-info" (process-name one))) (process-list))))
(while (is-receiving) (accept-process-output nil 0.1))
`
}
