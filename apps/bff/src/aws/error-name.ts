/** Whether an error is of this name; AWS's SDKs tell their exceptions apart by it: `ResourceNotFoundException`. */
export const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name
