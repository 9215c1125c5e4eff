-- What a vendor's endpoint speaks. Until now each was asked as OpenAI's is.
ALTER TABLE vendor ADD COLUMN protocol TEXT NOT NULL DEFAULT 'openai-compatible'
  CHECK (protocol IN ('openai-compatible', 'anthropic', 'google', 'azure-openai', 'other'));
