import Box from '@cloudscape-design/components/box'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { Commands } from '../../../shared/ui/commands.tsx'
import { STARTER_FILES, STARTER_LANGUAGES, type StarterLanguage, starterFunction } from '../starter-function.ts'

/** A function to begin with, to be copied. */
export function StarterCode({ isSigned }: { readonly isSigned: boolean }) {
  const [language, setLanguage] = useState<StarterLanguage>('JavaScript')
  const { file, handler } = STARTER_FILES[language]
  return (
    <SpaceBetween size="s">
      <Box>
        {isSigned
          ? 'It lets in who has a token that AWS IoT has verified, '
          : 'It lets in who knows the password in its environment variable PASSWORD, '}
        to connect, and to publish and subscribe below <span className="td-mono">dt/CLIENT-ID/</span>. It has to answer
        within five seconds.
      </Box>
      <SegmentedControl
        label="Language"
        selectedId={language}
        onChange={({ detail }) =>
          setLanguage(STARTER_LANGUAGES.find((each) => each === detail.selectedId) ?? 'JavaScript')
        }
        options={STARTER_LANGUAGES.map((each) => ({ id: each, text: each }))}
      />
      <Box color="text-body-secondary">
        File <span className="td-mono">{file}</span>, handler <span className="td-mono">{handler}</span>
      </Box>
      <Commands what="Function to begin with" text={starterFunction(language, isSigned).trimEnd()} />
    </SpaceBetween>
  )
}
