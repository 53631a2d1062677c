import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import type { FoundCertificates } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useNow } from '../../../shared/time.tsx'
import './expiry-calendar.css'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

interface ExpiryCalendarProps {
  readonly months: FoundCertificates['months']
  /** The one whose certificates are listed, `2027-03`. */
  readonly chosen: string | undefined
}

/** How many active certificates end in which month: a year a row, years without any are left out. */
export function ExpiryCalendar({ months, chosen }: ExpiryCalendarProps) {
  const now = new Date(useNow(60_000)).toISOString().slice(0, 7)
  const counts = new Map(months.map(({ month, count }) => [month, count]))
  const years = [...new Set([now, ...counts.keys()].map((month) => month.slice(0, 4)))].sort()
  const most = Math.max(1, ...counts.values())
  return (
    <div className="td-expiry-calendar">
      <table aria-label="Active certificates by the month in which they expire">
        <thead>
          <tr>
            <th scope="col">Year</th>
            {MONTHS.map((month) => (
              <th key={month} scope="col">
                {month}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <tr key={year}>
              <th scope="row">{year}</th>
              {MONTHS.map((name, index) => {
                const month = `${year}-${String(index + 1).padStart(2, '0')}`
                const count = counts.get(month) ?? 0
                const when = month < now ? 'past' : month === now ? 'now' : 'ahead'
                return (
                  <td
                    key={name}
                    data-when={when}
                    data-chosen={month === chosen}
                    data-weight={count === 0 ? undefined : Math.ceil((count / most) * 3)}
                  >
                    {count > 0 && (
                      <Link
                        href={paths.certificates({ month, view: 'calendar' })}
                        ariaLabel={`${formatCounted(count, 'certificate')} ${month < now ? 'expired' : count === 1 ? 'expires' : 'expire'} in ${name} ${year}`}
                      >
                        {formatCount(count)}
                      </Link>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Box variant="small">By UTC. A number leads to the certificates of its month.</Box>
    </div>
  )
}
