import { type CertificateWhy, EXPIRES_WITHIN_DAYS, LONG_LIVED_YEARS } from '@thingdeck/contract'

interface WhyWords {
  readonly title: string
  /** What it means, and what to do. */
  readonly meaning: string
  readonly type: 'error' | 'warning' | 'info'
}

/** Why somebody should look at a certificate, in words. */
export const WHY_WORDS: Readonly<Record<CertificateWhy, WhyWords>> = {
  expired: {
    title: 'Expired',
    meaning: 'Active, but its time is over: devices are refused when they connect with it.',
    type: 'error',
  },
  weak: {
    title: 'Weak',
    meaning: 'RSA with less than 2048 bits, or signed with SHA-1 or MD5. Replace it.',
    type: 'error',
  },
  expiring: {
    title: `Expires within ${EXPIRES_WITHIN_DAYS} days`,
    meaning: 'Its devices need another certificate before that.',
    type: 'warning',
  },
  shared: {
    title: 'On many clients',
    meaning:
      'Several devices are connected with it at once: its key was copied, and one of them cannot be shut out alone.',
    type: 'warning',
  },
  onNothing: {
    title: 'On no thing',
    meaning:
      'Active, but attached to no thing: thing variables of policies come up empty for whoever connects with it.',
    type: 'warning',
  },
  neverSeen: {
    title: 'Never seen',
    meaning:
      'The fleet index has no connection of any of its things since it was registered. Under other client ids it may have been used all the same: its page asks the log.',
    type: 'info',
  },
  longLived: {
    title: 'Long-lived',
    meaning: `Of an own CA, or of none, and valid for more than ${LONG_LIVED_YEARS} years: nothing but a rotation ends its key.`,
    type: 'info',
  },
}
