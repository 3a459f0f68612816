/** What the help of the search tells of each field, with examples that can be clicked. */
export const searchFields = [
  { name: 'text', examples: ['deploy', '"cold start"'] },
  { name: 'lesson', examples: ['lesson:serverless', 'lesson:container'] },
  { name: 'pattern', examples: ['pattern:vm', 'pattern:container'] },
  { name: 'kind', examples: ['kind:numeric', 'kind:choice'] },
  {
    name: 'is',
    examples: ['is:due', 'is:new', 'is:review', 'is:leech', 'is:suspended', 'is:buried', 'is:drawn'],
  },
  { name: 'flag', examples: ['flag:1', '-flag:0'] },
  { name: 'due', examples: ['due<3', 'due<0'] },
  { name: 'rated', examples: ['rated:1', 'rated:7'] },
  { name: 'r', examples: ['r<80%', 'r>=0.9'] },
  { name: 's', examples: ['s<7', 'stability>=30'] },
  { name: 'd', examples: ['d>7', 'difficulty<3'] },
  { name: 'interval', examples: ['interval>=21'] },
  { name: 'reps', examples: ['reps>5', 'reps=0'] },
  { name: 'lapses', examples: ['lapses>3', 'lapses>=8'] },
  { name: 'level', examples: ['level=1', 'level>=4'] },
  { name: 'tag', examples: ['tag:autoscaling'] },
  { name: 'names', examples: ['id:challenge', 'pack:microservice'] },
  { name: 'or', examples: ['is:due or is:new', '-is:suspended'] },
] as const;

/** The terms of the buttons that filter at once. */
export const quickFilters = [
  { name: 'due', term: 'is:due' },
  { name: 'new', term: 'is:new' },
  { name: 'leech', term: 'is:leech' },
  { name: 'suspended', term: 'is:suspended' },
  { name: 'flagged', term: '-flag:0' },
] as const;
