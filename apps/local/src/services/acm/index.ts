import { X509Certificate } from 'node:crypto'
import type * as sdk from '@aws-sdk/client-acm'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { invalidInput } from '../../foundation/errors.ts'
import { paginate, refuseTokenAsInput } from '../../foundation/paging.ts'
import type { ServerCertificates } from '../../foundation/server-certificates.ts'
import type { Service } from '../../foundation/service.ts'
import { ACM } from './acm-api.ts'
import { type ImportedCertificate, ImportedCertificates } from './imported-certificates.ts'

export interface AcmOptions {
  /** ARNs of what uses a certificate. */
  readonly usersOf: (certificateArn: string) => readonly string[]
}

export interface AcmService extends Service {
  readonly certificates: ServerCertificates
}

/** What a caller gets who names no size. */
const PAGE_SIZE = 1000

/** AWS Certificate Manager, as much as domains of one's own need: certificates that are imported. */
export function acmService(context: LocalContext, { usersOf }: AcmOptions): AcmService {
  const certificates = new ImportedCertificates(context)
  return {
    name: 'acm',
    apis: { acm: ACM },
    handlers: {
      acm: {
        ImportCertificate: ({ CertificateArn, Certificate, CertificateChain, PrivateKey, Tags }) => {
          if (Tags !== undefined) throw invalidInput('Certificates have no tags here: leave out Tags.')
          const input = {
            arn: CertificateArn,
            certificate: Certificate,
            chain: CertificateChain,
            privateKey: PrivateKey,
          }
          return { CertificateArn: certificates.import(input) }
        },
        DescribeCertificate: ({ CertificateArn }) => {
          const found = certificates.mustGet(CertificateArn)
          return { Certificate: detailOf(found, usersOf(CertificateArn)) }
        },
        GetCertificate: ({ CertificateArn }) => {
          const { certificatePem, chainPem } = certificates.mustGet(CertificateArn)
          return { Certificate: certificatePem, ...(chainPem !== '' && { CertificateChain: chainPem }) }
        },
        ListCertificates: ({ MaxItems = PAGE_SIZE, NextToken, CertificateStatuses, Includes, SortBy, SortOrder }) => {
          if ([CertificateStatuses, Includes, SortBy, SortOrder].some((member) => member !== undefined)) {
            throw invalidInput('ListCertificates takes MaxItems and NextToken alone here.')
          }
          const { items, nextToken } = paginate(
            { maxResults: MaxItems, nextToken: NextToken },
            'imported certificates',
            [''],
            ([after]: readonly [string], count) => certificates.after(after, count),
            ({ arn }) => [arn],
            refuseTokenAsInput,
          )
          return {
            CertificateSummaryList: items.map(summaryOf),
            ...(nextToken !== undefined && { NextToken: nextToken }),
          }
        },
        DeleteCertificate: ({ CertificateArn }) => {
          certificates.mustGet(CertificateArn)
          const [user] = usersOf(CertificateArn)
          if (user !== undefined) {
            throw new AwsError('ResourceInUseException', `Certificate ${CertificateArn} is in use by ${user}`)
          }
          certificates.delete(CertificateArn)
          return {}
        },
      } satisfies Handlers<typeof sdk, Caller>,
    },
    reread: () => certificates.forget(),
    certificates,
  }
}

function summaryOf({ arn, certificatePem, importedAtMs }: ImportedCertificate) {
  const certificate = new X509Certificate(certificatePem)
  return {
    CertificateArn: arn,
    DomainName: namesOf(certificate)[0],
    Status: 'ISSUED',
    Type: 'IMPORTED',
    NotBefore: certificate.validFromDate,
    NotAfter: certificate.validToDate,
    ImportedAt: new Date(importedAtMs),
  } as const
}

function detailOf(found: ImportedCertificate, users: readonly string[]) {
  const certificate = new X509Certificate(found.certificatePem)
  return {
    ...summaryOf(found),
    SubjectAlternativeNames: namesOf(certificate),
    Serial: certificate.serialNumber.toLowerCase().replace(/(..)(?=.)/g, '$1:'),
    Subject: certificate.subject.replaceAll('\n', ','),
    Issuer: certificate.issuer.replaceAll('\n', ','),
    InUseBy: [...users],
  }
}

/** The common name, then the alternative names. */
function namesOf({ subject, subjectAltName = '' }: X509Certificate): string[] {
  const [, commonName] = /(?:^|\n)CN=(.+)/.exec(subject) ?? []
  const alternatives = [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map(([, name = '']) => name)
  return [...new Set([...(commonName === undefined ? [] : [commonName]), ...alternatives])]
}
