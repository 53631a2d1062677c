import { textParam } from '../search-params.ts'

/** The id in a certificate's ARN, `arn:aws:iot:REGION:ACCOUNT:cert/ID`; undefined for another kind of principal. */
export function certificateIdOf(principal: string): string | undefined {
  return /^arn:[\w-]+:iot:[\w-]*:\d*:cert\/([0-9a-f]{64})$/i.exec(principal)?.[1]
}

/** A certificate's id as far as people tell certificates apart by it: `5f2c9a01be…`. */
export const shortCertificateId = (certificateId: string): string => `${certificateId.slice(0, 10)}…`

/** Whether a text is the whole id of a certificate, which other principals are told apart from. */
export const isCertificateId = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text)

/** What is typed before a certificate is harmed: so many characters tell certificates apart, and can be typed. */
export const toTypeOf = (certificateId: string): { readonly name: string; readonly nameWords: string } => ({
  name: certificateId.slice(0, 8),
  nameWords: 'The first 8 characters of its id.',
})

/** A certificate's id in an address, whole; undefined for what is none. */
export function certificateIdParam(value: unknown): string | undefined {
  const text = textParam(value) ?? ''
  return isCertificateId(text) ? text.toLowerCase() : undefined
}
