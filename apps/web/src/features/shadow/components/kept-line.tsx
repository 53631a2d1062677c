import Button from '@cloudscape-design/components/button'
import { type JsonValue, stringifyJson } from '@thingdeck/json'
import { visible } from '../../../shared/text/visible.tsx'
import type { KeptValue } from '../model/kept-by-device.ts'
import { formatKey } from '../model/rows.ts'

interface KeptLineProps {
  readonly kept: readonly KeptValue[]
  /** Puts a wish into the draft; undefined where nobody may or something is drafted already. */
  readonly onAsk: ((path: readonly string[], value: JsonValue) => void) | undefined
}

/** More are counted. */
const MAX_NAMED = 3

/** After keys were removed: what the device still does, since nothing was asked of it. */
export function KeptLine({ kept, onAsk }: KeptLineProps) {
  const earlier = kept.filter((each) => each.earlier !== undefined)
  const more = kept.length - MAX_NAMED
  return (
    <p className="td-change" role="status">
      <span>
        Nothing is asked of the device by removing a key. It still reports what it was told:{' '}
        {kept.slice(0, MAX_NAMED).map(({ path, value }, index) => (
          <span key={formatKey(path)}>
            {index > 0 && ', '}
            <span className="td-mono">{visible(`${formatKey(path)} ${stringifyJson(value)}`)}</span>
          </span>
        ))}
        {more > 0 && ` and ${more} more`}.
      </span>
      {onAsk && earlier.length > 0 && (
        <Button
          variant="inline-link"
          onClick={() => {
            for (const { path, earlier: value } of earlier) if (value !== undefined) onAsk(path, value)
          }}
        >
          {visible(
            `Ask for what it reported before: ${earlier
              .slice(0, MAX_NAMED)
              .map(
                ({ path, earlier: value }) => `${formatKey(path)} ${value === undefined ? '' : stringifyJson(value)}`,
              )
              .join(', ')}${earlier.length > MAX_NAMED ? ' …' : ''}`,
          )}
        </Button>
      )}
    </p>
  )
}
