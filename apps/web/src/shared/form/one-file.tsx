import FileUpload from '@cloudscape-design/components/file-upload'

interface OneFileProps {
  /** What its button says: `Choose a file`. */
  readonly text: string
  /** As the attribute of a file input: `.json,application/json`. */
  readonly accept: string
  readonly onFile: (file: File) => void
}

/** Takes a file, chosen or dropped, that is not shown as one: what comes of it stands elsewhere. */
export function OneFile({ text, accept, onFile }: OneFileProps) {
  return (
    <FileUpload
      value={[]}
      accept={accept}
      multiple={false}
      onChange={({ detail }) => {
        const [file] = detail.value
        if (file) onFile(file)
      }}
      i18nStrings={{
        uploadButtonText: () => text,
        dropzoneText: () => 'Drop a file here',
        removeFileAriaLabel: (index) => `Remove file ${index + 1}`,
        limitShowFewer: 'Show fewer',
        limitShowMore: 'Show more',
        errorIconAriaLabel: 'Error',
      }}
    />
  )
}
