import type { MakeService } from './foundation/service.ts'
import { cloudwatchService } from './services/cloudwatch/index.ts'
import { commandsService } from './services/commands/index.ts'
import { destinationsService } from './services/destinations/index.ts'
import { endpointsService } from './services/endpoints/index.ts'
import { eventsService } from './services/events/index.ts'
import { firehoseService } from './services/firehose/index.ts'
import { iotLoggingService } from './services/iot-logging/index.ts'
import { iotMetricsService } from './services/iot-metrics/index.ts'
import { jobsService } from './services/jobs/index.ts'
import { messagesService } from './services/messages/index.ts'
import { provisioningService } from './services/provisioning/index.ts'
import { rulesService } from './services/rules/index.ts'
import { shadowsService } from './services/shadows/index.ts'
import { softwarePackagesService } from './services/software-packages/index.ts'
import { streamsService } from './services/streams/index.ts'

/**
 * The services that stand on messages and on the account: a service more is a line more. Those that the rest of the
 * server stands on itself (who is there, and what they may) are made in `compose-account.ts`.
 */
export const SERVICES: readonly MakeService[] = [
  iotLoggingService,
  iotMetricsService,
  messagesService,
  shadowsService,
  endpointsService,
  eventsService,
  cloudwatchService,
  destinationsService,
  firehoseService,
  rulesService,
  provisioningService,
  commandsService,
  softwarePackagesService,
  streamsService,
  jobsService,
]
