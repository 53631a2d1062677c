/** What the words of the language are for, the word with what follows it first. */
export const KEYWORD_HELP: ReadonlyMap<string, readonly string[]> = new Map([
  ['SELECT', ['SELECT …', 'What goes to the actions: * is the whole message, names are its members.']],
  ['FROM', ["FROM 'filter'", 'Messages of which topics: + stands for one level, # at the end for all that follow.']],
  ['WHERE', ['WHERE …', 'Which of these messages: only where this is true. What is Undefined is not true.']],
  ['SET', ['SET @name = …', 'Values that are used below by their name.']],
  ['AS', ['… AS name', 'What it is called in the result. Dots make objects: AS position.lat.']],
  ['VALUE', ['SELECT VALUE …', 'The result is this value itself, not an object.']],
  ['AND', ['… AND …', 'Both have to be true.']],
  ['OR', ['… OR …', 'One of them has to be true.']],
  ['NOT', ['NOT …', 'True where it is false.']],
  ['IN', ['… IN [ … ]', 'Whether it is one of these.']],
  ['EXISTS', ['EXISTS (SELECT …)', 'Whether an array has such an element.']],
  ['CASE', ['CASE … WHEN … THEN … ELSE … END', 'The value behind the first that is equal.']],
  ['CAST', ['CAST(… AS type)', 'The value as another type.']],
])
