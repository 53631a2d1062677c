import { endOf, type Moment } from './moment.ts'

/** Connects and disconnects that follow each other closer than this belong to one run. */
const RUN_MS = 60_000
/** So many disconnects for one reason are a run; fewer are told one by one. */
const LEAST = 3

/**
 * A device that connects, is dropped, and connects again, as one moment: each for itself, its connects and disconnects
 * would hide everything else. Only drops for one and the same reason are a run, and none in which the device said
 * goodbye; what else happened meanwhile stays where it was.
 * @param moments oldest first
 */
export function withFlappingJoined(moments: readonly Moment[]): readonly Moment[] {
  const joined = new Set<Moment>()
  const runs: Moment[] = []
  const clients = Map.groupBy(moments.filter(isOfConnection), clientOf)
  for (const ofClient of clients.values()) {
    for (const run of runsOf(ofClient)) {
      const drops = run.filter(isDrop)
      if (drops.length < LEAST) continue
      for (const moment of run) joined.add(moment)
      runs.push(asOne(run, drops))
    }
  }
  return [...moments.filter((moment) => !joined.has(moment)), ...runs].sort((one, other) => one.atMs - other.atMs)
}

const isOfConnection = ({ kind, log: [fact] }: Moment) =>
  kind === 'connection' && (fact?.eventType === 'Connect' || fact?.eventType === 'Disconnect')

const clientOf = ({ log: [fact] }: Moment) => fact?.clientId ?? ''

/** A disconnect that is none of the device's own. */
const isDrop = ({ log: [fact], tone }: Moment) => fact?.eventType === 'Disconnect' && tone === 'warning'

/** Moments of one client, cut where it stayed, said goodbye, or was dropped for another reason. A run ends with a drop. */
function runsOf(moments: readonly Moment[]): readonly (readonly Moment[])[] {
  const runs: Moment[][] = []
  let run: Moment[] = []
  const cut = (): Moment[] => {
    const end = run.findLastIndex(isDrop) + 1
    runs.push(run.slice(0, end)) // how it is now is a moment of its own
    return run.slice(end)
  }
  for (const moment of moments) {
    const before = run.at(-1)
    const reason = run.find(isDrop)?.why
    const isOther = isDrop(moment) && reason !== undefined && moment.why !== reason
    if (isOther)
      run = cut() // the connect before it is of the next run
    else if (moment.tone === 'stopped' || (before && moment.atMs - endOf(before) > RUN_MS)) {
      cut()
      run = []
    }
    if (moment.tone !== 'stopped') run.push(moment)
  }
  cut()
  return runs
}

function asOne(run: readonly Moment[], drops: readonly Moment[]): Moment {
  const [first] = run
  const [firstDrop] = drops
  const last = drops.at(-1)
  if (!first || !firstDrop || !last) throw new TypeError('A run of nothing')
  return {
    ...firstDrop,
    id: `flapping:${firstDrop.id}`,
    atMs: first.atMs,
    untilMs: endOf(last),
    times: drops.length,
    title: firstDrop.title.replace('Disconnected', 'Connected and disconnected again'),
    log: [...firstDrop.log.slice(0, 1), ...last.log.slice(-1)],
    parts: run.map(({ id }) => id),
  }
}
