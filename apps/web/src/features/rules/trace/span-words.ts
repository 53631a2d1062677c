import type { TimeRange } from '../../../shared/time-range.ts'
import { USUAL_SPAN } from './api.ts'

const SPANS = {
  '15m': 'the last 15 minutes',
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
}

/** 'the last hour': what goes on from 'in'. */
export const spanWords = ({ last, from, to }: TimeRange): string =>
  last === undefined && (from !== undefined || to !== undefined) ? 'the time that is shown' : SPANS[last ?? USUAL_SPAN]
