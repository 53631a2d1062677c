import type { Constraints } from '@thingdeck/aws-api'
import type { AwsApiEntry } from '../../foundation/aws-apis.ts'

/** Source: AWS Certificate Manager API Reference, constraints of requests. */
const CONSTRAINTS: Constraints = {
  CertificateArn: {
    min: 20,
    max: 2048,
    pattern: 'arn:[\\w+=/,.@-]+:acm:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*',
  },
  Certificate: { min: 1, max: 32_768 },
  CertificateChain: { min: 1, max: 2_097_152 },
  PrivateKey: { min: 1, max: 5120 },
  Tags: { min: 1, max: 50 },
  MaxItems: { min: 1, max: 1000 },
  NextToken: { min: 1, max: 10_000 },
}

/** AWS Certificate Manager, `@aws-sdk/client-acm`. */
export const ACM: AwsApiEntry = {
  traits: {
    signingNames: ['acm'],
    protocol: 'awsJson1_1',
    targetPrefix: 'CertificateManager',
    validationError: 'ValidationException',
    constraints: CONSTRAINTS,
    maxBodyBytes: 3 * 1024 * 1024,
  },
  load: () => import('@aws-sdk/client-acm'),
  actionPrefix: 'acm',
  plane: 'control',
}
