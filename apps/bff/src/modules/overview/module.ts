import {
  endpoints,
  type JobsOverview,
  type RefusalsOverview,
  type RulesOverview,
  type ThingsOverview,
} from '@thingdeck/contract'
import { KeptReads } from '../../aws/kept-reads.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { certificatesOverview } from './certificates.ts'
import { deviceEndpoint } from './device-endpoint.ts'
import { readJobs } from './jobs.ts'
import { readRefusals } from './refusals.ts'
import { readRules } from './rules.ts'
import { readThings } from './things.ts'

/** Everybody who looks within so long gets the same: pages of many people cost AWS no more than one. */
const KEPT_MS = 5_000
/** FilterLogEvents reads an hour of a log, five times a second at most. */
const LOG_KEPT_MS = 20_000

/** What there is to see at a glance, one endpoint a source. */
export const overview: Module = {
  name: 'overview',
  routes(app, { aws, config }) {
    const clock = SYSTEM_CLOCK
    const things = new KeptReads<ThingsOverview>(clock, KEPT_MS)
    const refusals = new KeptReads<RefusalsOverview>(clock, LOG_KEPT_MS)
    const rules = new KeptReads<RulesOverview>(clock, KEPT_MS)
    const jobs = new KeptReads<JobsOverview>(clock, KEPT_MS)
    route(app, endpoints.overviewOfThings, async ({ signal }) =>
      things.read('', () => readThings(aws.iot, clock.nowMs()), signal),
    )
    route(app, endpoints.overviewOfCertificates, async () => certificatesOverview(await aws.certificates.watch.look()))
    route(app, endpoints.overviewOfRefusals, async ({ signal }) =>
      refusals.read('', (mine) => readRefusals(aws.iotLogs, aws.iot, clock.nowMs(), mine), signal),
    )
    route(app, endpoints.describeDeviceEndpoint, async () => deviceEndpoint(aws, config))
    route(app, endpoints.overviewOfRules, async ({ signal }) => rules.read('', () => readRules(aws.iot), signal))
    route(app, endpoints.overviewOfJobs, async ({ signal }) =>
      jobs.read('', () => readJobs(aws.iot, clock.nowMs()), signal),
    )
  },
}
