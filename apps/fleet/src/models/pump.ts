import { type DeviceModel, numberIn, oneOf, type Properties } from '../device-model.ts'
import { between, type Random, rounded } from '../random.ts'

const MODES = ['auto', 'manual', 'stopped'] as const
const MAX_BAR = 6
/** Share of the way to the target that the pressure goes each second. */
const APPROACH_PER_SECOND = 0.12
const MEAN_SECONDS_BETWEEN_ALARMS = 180

/**
 * A pump. Its classic shadow says what it is; `config` holds what an operator sets; `alarms` holds the last alarm and
 * whether it was acknowledged.
 */
export function createPump(thingName: string, site: string, random: Random): DeviceModel {
  let mode: (typeof MODES)[number] = 'auto'
  let targetPressure = rounded(between(random, 1.5, 3))
  let pressure = targetPressure
  let telemetryIntervalSeconds = Math.round(between(random, 2, 5))
  let sequence = 0
  let lastAlarm = 'none'
  let acknowledged = true
  let raised: Properties[] = []
  let orders: string[] = []

  const reportedBy: Record<string, () => Properties> = {
    '': () => ({ firmware: '4.0.3', model: 'PX-9' }),
    config: () => ({ mode, targetPressure, telemetryIntervalSeconds }),
    alarms: () => ({ lastAlarm, acknowledged }),
  }

  return {
    thingName,
    thingTypeName: 'pump',
    attributes: { site, model: 'PX-9', line: String(Math.floor(between(random, 1, 5))) },
    site,
    shadowNames: Object.keys(reportedBy),
    intervalMs: () => telemetryIntervalSeconds * 1_000,
    advance(seconds) {
      const goal = mode === 'stopped' ? 0 : targetPressure
      pressure += (goal - pressure) * Math.min(1, APPROACH_PER_SECOND * seconds)
      if (random() < seconds / MEAN_SECONDS_BETWEEN_ALARMS) {
        lastAlarm = random() < 0.7 ? 'pressure-spike' : 'dry-run'
        acknowledged = false
        raised.push({ alarm: lastAlarm, pressure: rounded(pressure + between(random, 0.5, 1.5), 2), unit: 'bar' })
      }
    },
    telemetry() {
      sequence += 1
      return {
        flow: rounded(pressure * 2.2 + between(random, -0.1, 0.1)),
        pressure: rounded(pressure + between(random, -0.03, 0.03), 2),
        unit: 'bar',
        seq: sequence,
      }
    },
    reported: (shadowName) => reportedBy[shadowName]?.() ?? {},
    desire(shadowName, desired) {
      if (shadowName === 'config') {
        mode = oneOf(desired.mode, MODES) ?? mode
        targetPressure = numberIn(desired.targetPressure, 0, MAX_BAR) ?? targetPressure
        telemetryIntervalSeconds = numberIn(desired.telemetryIntervalSeconds, 1, 60) ?? telemetryIntervalSeconds
      }
      if (shadowName === 'alarms' && desired.acknowledged === true) {
        acknowledged = true
        orders.push('acknowledged')
      }
    },
    carriedOut(shadowName) {
      if (shadowName !== 'alarms') return []
      const done = orders
      orders = []
      return done
    },
    alarms() {
      const taken = raised
      raised = []
      return taken
    },
  }
}
