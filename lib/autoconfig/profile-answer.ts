/** A profile as a download, signed. The key's files are read each time: a new pair needs no restart. */
import { readFile } from 'node:fs/promises'
import { profileSigningEnv } from '#lib/env/profile-signing.ts'
import { appleProfileType } from './apple-profile.ts'
import { profileSigner, signProfile } from './sign-profile.ts'

export async function profileAnswer(profile: string): Promise<Response> {
  const { certificateFile, keyFile } = profileSigningEnv()
  const [certificates, key] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile, 'utf8')])
  const signed = signProfile(profile, profileSigner(certificates, key), new Date())
  return new Response(new Uint8Array(signed), {
    headers: {
      'Content-Type': appleProfileType,
      'Content-Disposition': 'attachment; filename="mail.mobileconfig"',
    },
  })
}
