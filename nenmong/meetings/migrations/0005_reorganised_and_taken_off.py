
import nenmong.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_votes_add_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="meetingdocument",
            name="taken_off_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meetingdocument",
            name="taken_off_by",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="meetingdocument",
            name="taken_off_by_uid",
            field=nenmong.core.fields.UidField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meetingdocument",
            name="taken_off_why",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="jointpart",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "asked"),
                    ("accepted", "sits with us"),
                    ("declined", "does not come"),
                    ("withdrawn", "withdrawn: one of the two cells was reorganised"),
                ],
                default="asked",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_off_at", None),
                    models.Q(("taken_off_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="meetings_taken_off_says_why",
            ),
        ),
    ]
