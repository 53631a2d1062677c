/** Who has a function invoked that is no caller of an API: a service of AWS, on behalf of something that it has. */
export interface InvocationSource {
  /** As a function's own policy names it: `iot.amazonaws.com`. */
  readonly service: string
  /** `AWS:SourceArn`: the rule, the provisioning template, the authorizer. */
  readonly sourceArn: string
}

export interface FunctionAnswer {
  /** JSON: what the function returned, or the document of its error. */
  readonly payload: Uint8Array
  /** Present where the function failed: as `X-Amz-Function-Error` says it. */
  readonly functionError?: string
  /** The version that ran, where an alias or nothing was named. */
  readonly executedVersion: string
}

/**
 * The account's Lambda functions, for whatever in this server has some invoked. A function's own policy decides.
 *
 * Both throw an AwsError: AccessDeniedException, ResourceNotFoundException, RequestTooLargeException,
 * InvalidRequestContentException for what is no JSON, TooManyRequestsException where as much as may waits already.
 */
export interface Functions {
  /**
   * Invokes a function and waits for what it answers.
   * @param functionArn a name or an ARN, with or without a version or an alias behind it
   * @param payload JSON, 6 MB at most
   */
  invoke(
    functionArn: string,
    payload: Uint8Array,
    options: {
      readonly source: InvocationSource
      /** Called as its handler begins: it has waited for its turn and its process has started. */
      readonly whenBegun?: () => void
    },
  ): Promise<FunctionAnswer>
  /** Has a function invoked as an event: it is queued when this returns. @param payload JSON, 1 MB at most */
  invokeLater(functionArn: string, payload: Uint8Array, options: { readonly source: InvocationSource }): void
}
