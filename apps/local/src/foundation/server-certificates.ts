import type { TlsCredentials } from './domains.ts'

/** The server certificates of the account that were imported, by ARN. */
export interface ServerCertificates {
  /** What is shown to clients; undefined for one that is not there any more. */
  find(certificateArn: string): TlsCredentials | undefined
  /**
   * @param domainName that it must be good for
   * @throws {AwsError} CertificateValidationException where there is none, or it is not good for that
   */
  check(certificateArn: string, domainName?: string): void
  /** Why it is not good any more; undefined while it is. */
  whyInvalid(certificateArn: string, domainName: string): string | undefined
}
