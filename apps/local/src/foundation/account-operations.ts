import type * as sdk from '@aws-sdk/client-iot'
import type { Input, OperationName, Output } from '@thingdeck/aws-api'
import type { PrepareCertificate } from './certificates.ts'

type Name = OperationName<typeof sdk>

/** Calls operations of the account's services from within the server, where those answer at once. */
export interface Operations {
  /**
   * As a client of the SDK would call it: the input is checked, the role asked, and errors are AWS's own.
   * @throws {AwsError} what the operation throws; AccessDeniedException where the role may not
   */
  call<Operation extends Name>(operation: Operation, input: Input<typeof sdk, Operation>): Output<typeof sdk, Operation>
  /**
   * For one that takes a moment and is done in two parts: the same checks, and nothing else.
   * @throws {AwsError} as {@link call}
   */
  mustBeAllowed<Operation extends Name>(operation: Operation, input: Input<typeof sdk, Operation>): void
}

/** What a service needs that does several operations for somebody else, as one. */
export interface AccountOperations {
  /**
   * @param roleArn whose policies decide what may be called; undefined: whoever called has been asked already
   * @param sessionName of the role, for messages
   */
  as(roleArn: string | undefined, sessionName: string): Promise<Operations>
  /** All that `work` calls is done, or nothing; listeners to changes hear of nothing that was not. */
  atomically<T>(work: () => T): T
  readonly prepareCertificate: PrepareCertificate
}
