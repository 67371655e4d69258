/** Hashes that other programs made: Dovecot's doveadm, and crypt(3) of libxcrypt with the inputs of the SHA-crypt paper. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isOpenPassword, type PasswordHash, readHash, UnusableHash } from '#lib/inherited-passwords/read-hash.ts'

const hashes: readonly [name: string, hash: string, password: string][] = [
  ['PLAIN-MD5', '{PLAIN-MD5}fe090881400f993566c486a3187420cb', 'Old pass 1'],
  ['PLAIN-MD5.b64', '{PLAIN-MD5.B64}/gkIgUAPmTVmxIajGHQgyw==', 'Old pass 1'],
  ['LDAP-MD5', '{LDAP-MD5}/gkIgUAPmTVmxIajGHQgyw==', 'Old pass 1'],
  ['SMD5', '{SMD5}CUKCg7DzKHTn9L+il2ScxTwaY8g=', 'Old pass 1'],
  ['SHA', '{SHA}QlXTXVbe2mKHa6H3lXhOsfAQVuA=', 'Old pass 1'],
  ['SHA1', '{SHA1}QlXTXVbe2mKHa6H3lXhOsfAQVuA=', 'Old pass 1'],
  ['SSHA', '{SSHA}QQ+ZUJ8oaiFXCWLkgX9zXiKyB5xNNOKd', 'Old pass 1'],
  ['SSHA.b64', '{SSHA.B64}MdqX2vDj3Y/OMh3uZTEG9bS7o1NNXNIP', 'Old pass 1'],
  ['SHA256', '{SHA256}NMhHl9l/A36BjWtmcZKmTzLeQDkrNpAcMvkNUEQU5PM=', 'Old pass 1'],
  ['SHA256.hex', '{SHA256.HEX}34c84797d97f037e818d6b667192a64f32de40392b36901c32f90d504414e4f3', 'Old pass 1'],
  ['SSHA256', '{SSHA256}5YBADJt0+pv3EQlNCFqW4wmdnsMOZ4qPNt5CvAQpflHMasz+', 'Old pass 1'],
  [
    'SSHA256.hex',
    '{SSHA256.HEX}03c1d9a2a67b022b02b69ed3f11846e35383d26b4a330d95b9f461d44733fc411aab2f9d',
    'Old pass 1',
  ],
  [
    'SHA512',
    '{SHA512}PMSbsLczcmSayacb9mME5y+HNpEIgY+hhZVb8EfYsJMprGYPY66JST1L4ZMFD1gingwiwBzTzrUDO6rjkvr+/A==',
    'Old pass 1',
  ],
  [
    'SHA512.hex',
    '{SHA512.HEX}3cc49bb0b73372649ac9a71bf66304e72f87369108818fa185955bf047d8b09329ac660f63ae89493d4be193050f58229e0c22c01cd3ceb5033baae392fafefc',
    'Old pass 1',
  ],
  [
    'SSHA512',
    '{SSHA512}U0YV3TedRUuv6cFYdyiVoZg2F29vDaOxm9xFjYdEkHD75/2OD2vQki/vDhsOaIXtMWqe+FjEn28f2xUKUhNT70cDo+Y=',
    'Old pass 1',
  ],
  ['MD5', '{MD5}$1$KH1FX4ES$O41mdyzYW/lU7T.wDbc.P0', 'Old pass 1'],
  ['MD5-CRYPT', '{MD5-CRYPT}$1$5fjmahdt$7V5Q98xyIAtj.ee0gHBHH/', 'Old pass 1'],
  ['SHA256-CRYPT', '{SHA256-CRYPT}$5$hwl.5JZ4VaN8b.n1$rCVVMFONTg2lpi6Sz2FiAoJYdRAMTUtiR6XxP.9Q5d8', 'Old pass 1'],
  [
    'SHA512-CRYPT',
    '{SHA512-CRYPT}$6$rSDnNYpcNZ164C/e$CSJm1ZRkpYG2.9MU8mThOezhPTbpxBri4W5fJZQOH5b8NVShBIv7TJw1Gadz0k2HRLqt59z3J1TUYawHlIDfM0',
    'Old pass 1',
  ],
  ['BLF-CRYPT', '{BLF-CRYPT}$2y$05$9NxVvTyz6Miqk2ehTdV6oeh/eUWBKhTq653h4uv47XxDcBJHsIjDe', 'Old pass 1'],
  ['DES-CRYPT', '{DES-CRYPT}ooPYX23D1FkmI', 'Old pass 1'],
  [
    'ARGON2I',
    '{ARGON2I}$argon2i$v=19$m=32768,t=4,p=1$6Yu9dVS4RBJ49+ITKQkWfA$S3DJzZhqRaEGDAk1JWAwdU1G86QwyFMz6Kq8Yt8T5ms',
    'Old pass 1',
  ],
  [
    'ARGON2ID',
    '{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$pTf+S1PI6ms7cqcQQSpr9g$AS5pWSxosY534u2RxjnUft+o+sH9TEUIU0U8q9qZ8Qg',
    'Old pass 1',
  ],
  [
    'SHA-256-crypt with the default rounds',
    '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5',
    'Hello world!',
  ],
  [
    'SHA-256-crypt with 10,000 rounds',
    '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA',
    'Hello world!',
  ],
  [
    'SHA-256-crypt of a password longer than its digest',
    '$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/',
    'we have a short salt string but not a short password',
  ],
  [
    'SHA-512-crypt with the default rounds',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    'Hello world!',
  ],
  [
    'SHA-512-crypt with 10,000 rounds',
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
    'Hello world!',
  ],
  [
    'SHA-512-crypt of a password longer than its digest',
    '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
    'a very much longer text to encrypt.  This one even stretches over morethan one line.',
  ],
  [
    'SHA-512-crypt of Japanese',
    '$6$rounds=1000$saltstring$BkKwTinS1ZfwPMozoS.BSeEmiBg2K4HGHeoKeCyU6i3njc6dzKNL9Uv3CixEoExSV/L21DE9gi7NBDWUszIlz.',
    'パスワード',
  ],
  [
    'SHA-512-crypt of nothing',
    '$6$s$.ZBEl9liET9mKM6jGxl//vp8wOnIJwfkp.7sG2Ahu2q68bf4LasDRE6k5T5NPzLqBFx3oUbMl6xWpBsFfgm6..',
    '',
  ],
  ['MD5-crypt', '$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1', 'Hello world!'],
  ['MD5-crypt of a long password', '$1$salt$G5yZO1LD.okB43XK4qu2H/', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['MD5-crypt of nothing', '$1$x$fwjfZtMwarkdetsjiQreU1', ''],
  ['DES crypt', 'abJnggxhB/yWI', 'password'],
  ['DES crypt with all bits of salt', 'zzqf2PqRx7tjE', 'Pass word'],
  ['DES crypt without salt', '..eWc89/tYWRw', 'old-mail'],
  ['bcrypt 2a', '$2a$04$abcdefghijklmnopqrstuuFoPYszsYejQOivyhcThR6osNyQxH2Zy', 'Old pass 1'],
  ['bcrypt 2b', '$2b$04$abcdefghijklmnopqrstuuFoPYszsYejQOivyhcThR6osNyQxH2Zy', 'Old pass 1'],
  ['bcrypt 2y', '$2y$05$abcdefghijklmnopqrstuuxMPFYDrlATtHgyvxLIUBLHo7RsdssJ6', 'Old pass 1'],
]

function kept(hash: string): PasswordHash {
  const read = readHash(hash)
  assert.ok(!isOpenPassword(read))
  return read
}

describe('a hash of an old system', () => {
  for (const [name, hash, password] of hashes) {
    it(`${name}: takes its password and no other`, async () => {
      assert.equal(await kept(hash).matches(Buffer.from(password)), true)
      for (const other of [`${password.slice(1)}?`, `x${password}`, `\0${password}`]) {
        assert.equal(await kept(hash).matches(Buffer.from(other)), false, other)
      }
    })
  }

  it('of DES knows eight characters, as it always did', async () => {
    const [, hash = ''] = hashes.find(([name]) => name === 'DES crypt') ?? []
    assert.equal(await kept(hash).matches(Buffer.from('password and more')), true)
  })

  it('may be named by whoever imports it', async () => {
    const [, hash = '', password = ''] = hashes.find(([name]) => name === 'SSHA256') ?? []
    const read = readHash(hash.replace('{SSHA256}', ''), 'ssha256')
    assert.ok(!isOpenPassword(read) && (await read.matches(Buffer.from(password))))
  })

  for (const open of ['{PLAIN}Old pass 1', '{CLEARTEXT}Old pass 1', '{PLAIN.b64}T2xkIHBhc3MgMQ==']) {
    it(`${open.slice(0, open.indexOf('}') + 1)} is a password`, () => {
      assert.deepEqual(readHash(open), { password: 'Old pass 1' })
    })
  }

  const salt = 'abcdefghijklmnopqrstuu'
  const refused: readonly [string, string, RegExp][] = [
    ['locked', '!$6$salt$x', /locked/],
    ['empty', '', /locked or empty/],
    ['of a scheme that nobody knows', '{ROT13}byq cnff', /the scheme ROT13 is not known/],
    ['of yescrypt', '$y$j9T$abcdefgh$/wIUFGgy9F7d0/UgYe1JaWpwpHzFB0w/45ZKuezBuY5', /no form of crypt/],
    ['cut short', '{SSHA256}c2hvcnQ=', /wrong length/],
    ['with more rounds than a login may cost', `$6$rounds=656000$salt$${'x'.repeat(86)}`, /656000 rounds/],
    ['with fewer rounds than there are', `$5$rounds=10$salt$${'x'.repeat(43)}`, /10 rounds/],
    ['with a bcrypt cost of 13', `$2y$13$${salt}${'x'.repeat(31)}`, /cost 13/],
    ['with a gigabyte of Argon2', `$argon2id$v=19$m=1048576,t=3,p=1$c2FsdHNhbHQ$${'x'.repeat(43)}`, /m=1048576/],
  ]
  for (const [name, hash, why] of refused) {
    it(`${name} is refused, and not repeated`, () => {
      assert.throws(
        () => readHash(hash),
        (error) => error instanceof UnusableHash && why.test(error.message) && !error.message.includes('x'.repeat(9)),
      )
    })
  }
})
