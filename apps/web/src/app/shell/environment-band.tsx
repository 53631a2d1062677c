import './environment-band.css'
import Icon from '@cloudscape-design/components/icon'
import { accountInWords, KIND_WORDS, ownName } from '../../shared/environment/environment-words.ts'
import { bandOf, bandsPreference } from '../../shared/preferences/environment-band.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { useSession } from '../../shared/session/session.tsx'

/** Which environment every page is of, in words and by a colour; an embedded server has one only where somebody chose it. */
export function EnvironmentBand() {
  const session = useSession()
  const [bands] = usePreference(bandsPreference)
  const band = bandOf(bands, session)
  const { environmentKind: kind, region } = session
  if (kind === 'embedded' && band === 'none') return null
  const name = ownName(session)
  return (
    <section className="td-environment-band" data-band={band} aria-label="Environment">
      {kind === 'production' && <Icon name="status-warning" size="small" />}
      <strong>{KIND_WORDS[kind]}</strong>
      {name !== undefined && <span>{name}</span>}
      <span>{accountInWords(session)}</span>
      <span>{region}</span>
    </section>
  )
}
