import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  // Messages are parsed when the portal is built, so that no browser downloads a parser.
  experimental: { messages: { path: './messages', locales: 'infer', format: 'json', precompile: true } },
})

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The optimiser decodes images that others wrote; ours are small vectors, so it stays off.
  images: { unoptimized: true },
  // The title comes with the page, not after it, also where no script runs.
  htmlLimitedBots: /.*/,
  // Types are checked by `npm test`, once, together with the engine's.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    '@zxcvbn-ts/core',
    '@zxcvbn-ts/language-common',
    '@zxcvbn-ts/language-ja',
    'pg',
  ],
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
}

export default withNextIntl(config)
