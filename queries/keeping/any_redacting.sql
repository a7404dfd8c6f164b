select exists (from redacting);
