/**
 * With what the mail hosts encrypt: TLS 1.2 and 1.3 (RFC 8996, RFC 9325), the strongest first, and nothing without forward
 * secrecy. The last six, in CBC mode, are for mail programs of 2009 to 2016 that know TLS 1.2 and nothing newer in it:
 * those that use the SChannel of Windows 7 and 8.1, Mac OS X 10.9 to 10.10, Android 4.4. TLS 1.3 is never theirs.
 */
export const minTlsVersion = 'TLSv1.2'

export const tlsSuites: readonly string[] = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
]
