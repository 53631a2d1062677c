/** What came of an update that was sent. */
export type UpdateAnswer =
  | { readonly kind: 'accepted'; readonly version: number; readonly timestampSeconds: number | undefined }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** It may have arrived or not. */
  | { readonly kind: 'unanswered' }
  /** It certainly never left. */
  | { readonly kind: 'not-sent'; readonly code: string; readonly message: string }

export type GetAnswer =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

export type DeleteAnswer =
  | { readonly kind: 'deleted'; readonly version: number | undefined }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/**
 * A way to the shadow service. Two ways may carry the same update one after the other, when the first gave no answer:
 * its version lets the service apply it once only.
 */
export interface ShadowTransport {
  get(): Promise<GetAnswer>
  /** `document` is the request as text; `clientToken` stands in it. */
  update(document: string, clientToken: string): Promise<UpdateAnswer>
  delete(clientToken: string): Promise<DeleteAnswer>
}
