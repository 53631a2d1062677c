import type { CertificatePage } from '@thingdeck/contract'

const EVERY_MS = 1_500

/**
 * When pages of certificates are asked for again: AWS tells of one at a time what it is of, and until each was looked at
 * some have neither subject nor things.
 * @returns milliseconds; false: each was looked at, or nothing was read yet
 */
export const lookOn = (pages: readonly CertificatePage[] = []): number | false =>
  pages.every(({ certificates }) =>
    certificates.every(({ look, unread }) => look !== undefined || unread !== undefined),
  )
    ? false
    : EVERY_MS
