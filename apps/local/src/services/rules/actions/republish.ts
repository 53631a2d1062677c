import { validateMessageProperties } from '@thingdeck/broker'
import { ActionFailure, republishRequest } from '@thingdeck/rule-actions'
import { actionPermissions } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ServiceContext } from '../../../foundation/service.ts'
import type { Publisher } from '../../../foundation/traffic.ts'
import { nextLineage, Republisher } from '../lineage.ts'
import type { RoleChecks } from '../rule-roles.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions, CompiledAction, Execution } from './action.ts'

/** Publishes what SELECT made of a message. @see AWS IoT developer guide, "Republish" */
export class Republish implements CompiledAction {
  readonly label: string
  readonly #context: ServiceContext
  readonly #roles: RoleChecks
  readonly #nobody: () => Publisher
  readonly #roleArn: string
  readonly #request: ReturnType<typeof republishRequest>

  /** @param nobody who publishes what came from the server itself */
  constructor(
    context: ServiceContext,
    roles: RoleChecks,
    nobody: () => Publisher,
    settings: ActionSettings<'republish'>,
    options: ActionOptions,
  ) {
    this.#context = context
    this.#roles = roles
    this.#nobody = nobody
    this.#roleArn = settings.roleArn
    this.#request = republishRequest(settings, options)
    this.label = this.#request.label
  }

  async resources(execution: Execution) {
    return { RepublishTopic: await this.#request.topicOf(execution) }
  }

  async run(execution: Execution): Promise<void> {
    const topic = await this.#request.checkedTopicOf(execution)
    const { account, broker, messages, clock } = this.#context
    for (const { action, resource } of actionPermissions('republish', { topic }, homeOf(account))) {
      const whyNot = this.#roles.whyNot(this.#roleArn, action, resource)
      if (whyNot !== undefined) throw new ActionFailure(topic, whyNot)
    }
    const { payload, qos, properties, expirySeconds } = await this.#request.request(execution)
    const fault = validateMessageProperties(properties, broker.limits)
    if (fault !== undefined) throw new ActionFailure(topic, fault)
    const lineage = nextLineage(execution.lineage)
    if (typeof lineage === 'string') throw new ActionFailure(topic, lineage)
    await messages.publishFor(new Republisher(execution.publisher ?? this.#nobody(), clock(), lineage), {
      topic,
      payload,
      qos,
      properties,
      ...(expirySeconds !== undefined && {
        expiresAtMs: clock() + Math.min(Math.max(expirySeconds, 1), broker.limits.messageExpirySeconds) * 1000,
      }),
    })
  }
}
