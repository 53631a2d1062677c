import { endpoints, type MadeCertificate } from '@thingdeck/contract'
import { api } from '../api.ts'
import type { PlanStep } from '../plan/plan.ts'
import { attachPolicyStep, attachThingStep } from './certificate-steps.ts'
import type { KeyKind } from './key-kinds.ts'

/** How a certificate comes about. */
export const WAYS = ['browser', 'csr', 'aws', 'ca', 'without-ca'] as const
export type Way = (typeof WAYS)[number]

/** A certificate that is to be made, or registered. */
export interface NewCertificate {
  readonly way: Way
  readonly keyKind: KeyKind
  /** Of a key pair made here: the name in the certificate. */
  readonly commonName: string
  readonly requestPem: string
  readonly certificatePem: string
  readonly caCertificatePem: string
  readonly isActive: boolean
}

export const NEW_CERTIFICATE: NewCertificate = {
  way: 'browser',
  keyKind: 'EC P-256',
  commonName: 'AWS IoT Certificate',
  requestPem: '',
  certificatePem: '',
  caCertificatePem: '',
  isActive: true,
}

export const WAY_WORDS: Readonly<
  Record<Way, { readonly label: string; readonly description: string; readonly step: string }>
> = {
  browser: {
    label: 'Key pair made in this browser',
    description:
      'The private key is made on this page and never leaves it: AWS IoT and the console’s server get a signing request alone.',
    step: 'Make a key pair here, and have AWS IoT sign a certificate for it',
  },
  csr: {
    label: 'From your own signing request',
    description: 'The private key stays where you made it, in a secure element for instance.',
    step: 'Have AWS IoT sign the request',
  },
  aws: {
    label: 'Keys made by AWS IoT',
    description:
      'AWS IoT makes the private key and sends it, through the console’s server, to this page once. Nobody keeps it, but others had it.',
    step: 'Have AWS IoT make keys and certificate',
  },
  ca: {
    label: 'Register one of your registered CA',
    description: 'The CA that signed it is registered with AWS IoT.',
    step: 'Register the certificate',
  },
  'without-ca': {
    label: 'Register one without a CA',
    description: 'Whoever signed it, even itself. Its devices have to send the server name (SNI).',
    step: 'Register the certificate',
  },
}

/** Makes the certificate, and a key pair first where that is wanted. Errors are AWS's own. */
async function make(wanted: NewCertificate): Promise<MadeCertificate> {
  const { way, isActive: setAsActive, certificatePem, caCertificatePem } = wanted
  const status = setAsActive ? 'ACTIVE' : 'INACTIVE'
  if (way === 'aws') return api(endpoints.createKeysAndCertificate, { body: { setAsActive } })
  if (way === 'without-ca') return api(endpoints.registerCertificateWithoutCa, { body: { certificatePem, status } })
  if (way === 'ca') {
    const ca = caCertificatePem.trim() === '' ? {} : { caCertificatePem }
    return api(endpoints.registerCertificate, { body: { certificatePem, ...ca, status } })
  }
  if (way === 'csr') {
    return api(endpoints.createCertificateFromCsr, {
      body: { certificateSigningRequest: wanted.requestPem, setAsActive },
    })
  }
  const { makeKeyPair } = await import('./key-pair.ts')
  const { privateKeyPem: privateKey, requestPem } = await makeKeyPair(wanted.keyKind, wanted.commonName)
  const made = await api(endpoints.createCertificateFromCsr, {
    body: { certificateSigningRequest: requestPem, setAsActive },
  })
  return { ...made, privateKey }
}

interface Followers {
  /** There is one now: whatever comes of the further steps. */
  readonly onMade: (made: MadeCertificate) => void
  /** It was taken back. */
  readonly onUnmade: () => void
}

interface Attachments {
  readonly policyNames: readonly string[]
  /** Empty: it is attached to none. */
  readonly thingName: string
  /** To that thing and no other; left out: others may have it, too. */
  readonly isExclusive?: boolean
}

/** Makes a certificate, and attaches it to what is wanted. */
export function newCertificateSteps(
  wanted: NewCertificate,
  { policyNames, thingName, isExclusive = false }: Attachments,
  { onMade, onUnmade }: Followers,
): readonly PlanStep[] {
  let certificateId = ''
  const later = (words: string, stepFor: (id: string) => PlanStep): PlanStep => ({
    id: words,
    words,
    run: (tell) => stepFor(certificateId).run(tell),
    undo: async (tell) => stepFor(certificateId).undo?.(tell),
  })
  return [
    {
      id: 'make',
      words: WAY_WORDS[wanted.way].step,
      run: async () => {
        const made = await make(wanted)
        certificateId = made.certificateId
        onMade(made)
      },
      undo: async () => {
        if (certificateId === '') return // nobody answered whether there is one
        const params = { certificateId }
        if (wanted.isActive) await api(endpoints.updateCertificate, { params, body: { status: 'INACTIVE' } })
        await api(endpoints.deleteCertificate, { params })
        onUnmade()
      },
    },
    ...policyNames.map((policyName) =>
      later(`Attach the policy ${policyName}`, (id) => attachPolicyStep(id, policyName)),
    ),
    ...(thingName === ''
      ? []
      : [
          later(`Attach it to the thing ${thingName}${isExclusive ? ', exclusively' : ''}`, (id) =>
            attachThingStep(id, { thingName, ...(isExclusive && { type: 'EXCLUSIVE_THING' }) }),
          ),
        ]),
  ]
}
