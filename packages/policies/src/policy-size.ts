/** How long an IoT policy document may be, as {@link policyDocumentSize} counts. AWS IoT API, CreatePolicy. */
export const MAX_POLICY_DOCUMENT_SIZE = 2048

/** The number of characters that AWS counts of a policy document: all but white space. */
export function policyDocumentSize(text: string): number {
  return text.replaceAll(/\s+/g, '').length
}
