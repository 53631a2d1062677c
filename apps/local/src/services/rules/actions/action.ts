import type { MatchedMessage, ActionOptions as RequestOptions } from '@thingdeck/rule-actions'
import type { Account } from '../../../foundation/account.ts'
import type { IotLogValue } from '../../../foundation/iot-log.ts'
import type { Publisher } from '../../../foundation/traffic.ts'
import type { Lineage } from '../lineage.ts'

/** What an action is done for: one message that a rule matched. */
export interface Execution extends MatchedMessage {
  readonly ruleName: string
  /** Which rules the message came through. */
  readonly lineage: Lineage
  /** Undefined for messages of the server itself. */
  readonly publisher: Publisher | undefined
}

/** An action of a rule, ready to be done. */
export interface CompiledAction {
  /** As log entries, metrics and the document of an error action call it, e.g. `RepublishAction`. */
  readonly label: string
  /** What it is done to, for its log entry: e.g. `{ RepublishTopic: 'alarms/pump-7' }`; as far as it can be told. */
  resources(execution: Execution): Promise<{ readonly [name: string]: IotLogValue }>
  /** @throws {ActionFailure} */
  run(execution: Execution): Promise<void>
  /** Lets go of what it holds, such as connections; what is under way ends. */
  close?(): void
}

/** What an action is compiled with. A template that is wrong throws AwsError SqlParseException that names the member. */
export interface ActionOptions extends RequestOptions {
  readonly account: Account
}
