/** The id in a certificate's ARN, `arn:aws:iot:REGION:ACCOUNT:cert/ID`; undefined for another kind of principal. */
export function certificateIdOf(principal: string): string | undefined {
  return /^arn:[\w-]+:iot:[\w-]*:\d*:cert\/([0-9a-f]{64})$/i.exec(principal)?.[1]
}

/** A certificate's id as far as people tell certificates apart by it: `5f2c9a01be…`. */
export const shortCertificateId = (certificateId: string): string => `${certificateId.slice(0, 10)}…`
